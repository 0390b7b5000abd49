package org.purertc.samples.transfer;

/** The text messages of a transfer, described in {@code docs/transfer.md}. */
sealed interface TransferMessage permits Hello {}
