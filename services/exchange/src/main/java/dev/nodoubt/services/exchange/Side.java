package dev.nodoubt.services.exchange;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which side of the book. */
enum Side {
    @JsonProperty("buy")
    BUY,
    @JsonProperty("sell")
    SELL
}
