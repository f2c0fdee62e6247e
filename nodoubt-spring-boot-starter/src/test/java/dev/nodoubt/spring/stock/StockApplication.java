package dev.nodoubt.spring.stock;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** A receiver whose handlers write through JPA. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import(StockController.class)
public class StockApplication {}
