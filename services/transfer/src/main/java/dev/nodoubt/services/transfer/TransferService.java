package dev.nodoubt.services.transfer;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/** Starts the transfer service: port 8080 of the loopback interface, unless configured. */
@SpringBootApplication(proxyBeanMethods = false)
@EnableConfigurationProperties({TransferProperties.class, NotificationProperties.class})
public final class TransferService {

    public static void main(String[] arguments) {
        SpringApplication.run(TransferService.class, arguments);
    }
}
