/** One class of jitsi-utils, replaced so that no Kotlin is needed. */
package org.jitsi.utils.logging2;
