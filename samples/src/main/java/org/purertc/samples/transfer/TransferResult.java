package org.purertc.samples.transfer;

/** A file that arrived, its hash equal on both sides. */
public record TransferResult(String name, long bytes, String sha256) {}
