package com.example.openfeign;

import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;

/** The client as it was before nodoubt, which stays as it is. */
// tag::client[]
@FeignClient(name = "mail", url = "${mail.url}")
interface Mails {

    @PostMapping("/api/notifications")
    Receipt send(@RequestBody Mail mail);

    record Mail(String to, String text) {}

    record Receipt(String id) {}
}
// end::client[]
