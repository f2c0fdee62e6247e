package dev.nodoubt.services.brokerage;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the brokerage service: port 8082 of the loopback interface, unless configured. */
@SpringBootApplication(proxyBeanMethods = false)
public final class BrokerageService {

    public static void main(String[] arguments) {
        SpringApplication.run(BrokerageService.class, arguments);
    }
}
