/** What PureRTC adds to jitsi-srtp's package, because the library keeps it to itself. */
package org.jitsi.srtp;
