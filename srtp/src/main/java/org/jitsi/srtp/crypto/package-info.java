/** One class of jitsi-srtp, replaced so that no native code is loaded. */
package org.jitsi.srtp.crypto;
