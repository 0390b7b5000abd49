package org.purertc.sdp;

/** Text that is not SDP; the message names the line's number and content. */
public final class SdpException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int line;

  public SdpException(int line, String content, String problem) {
    super("SDP line " + line + " (" + shortened(content) + "): " + problem);
    this.line = line;
  }

  /** 1 for the first line. */
  public int line() {
    return line;
  }

  private static String shortened(String content) {
    return content.length() <= 120 ? content : content.substring(0, 120) + "…";
  }
}
