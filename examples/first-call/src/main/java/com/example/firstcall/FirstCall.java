package com.example.firstcall;

import dev.nodoubt.call.OutcomeHandler;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@SpringBootApplication
public class FirstCall {

    public static void main(String[] arguments) {
        SpringApplication.run(FirstCall.class, arguments);
    }

    /** What is done once the outcome is known, in the transaction that settles the call. */
    @Bean
    OutcomeHandler mailed() {
        return (transaction, call) -> LoggerFactory.getLogger(FirstCall.class).info("mailed: {}", call.outcome());
    }

    @RestController
    record Transfers(TransferService service) {

        @PostMapping("/transfers")
        String transfer(@RequestParam String from, @RequestParam String to) {
            return service.transfer(from, to).value();
        }
    }
}
