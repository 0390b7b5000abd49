package org.purertc.samples.signaling.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A line of a room's chat.
 *
 * @param number counts the room's lines from 1
 * @param atMs Unix time
 */
public record ChatLine(
    @JsonProperty(required = true) long number,
    @JsonProperty(required = true) String from,
    @JsonProperty(required = true) String name,
    @JsonProperty(required = true) String text,
    @JsonProperty(required = true) long atMs) {}
