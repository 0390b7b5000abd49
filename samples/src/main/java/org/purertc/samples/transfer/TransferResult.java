package org.purertc.samples.transfer;

/**
 * Everything arrived, the hashes equal on both sides.
 *
 * @param alreadyBytes were there before this session
 * @param sha256 of the only file in lower-case hexadecimal; "" when there are several, none, or it
 *     was complete before
 */
public record TransferResult(Manifest manifest, long alreadyBytes, String sha256) {}
