package org.purertc.samples.transfer;

/** Proves to each side that the other one knows the link. */
public interface Authenticator {

  /** For places without a secret: says nothing and believes everything. */
  Authenticator NONE =
      new Authenticator() {
        @Override
        public String proof(Role role) {
          return "";
        }

        @Override
        public boolean accepts(Role role, String proof) {
          return true;
        }
      };

  /** What this end, in this role, shows the other one; "" for nothing. */
  String proof(Role role);

  /** Whether {@code proof}, "" when there was none, shows that the other end knows the secret. */
  boolean accepts(Role role, String proof);
}
