package com.example.kotlin

import dev.nodoubt.spring.Durable
import dev.nodoubt.spring.Idempotent
import org.springframework.boot.autoconfigure.SpringBootApplication
import org.springframework.boot.runApplication
import org.springframework.context.annotation.Configuration
import org.springframework.jdbc.core.simple.JdbcClient
import org.springframework.stereotype.Service
import org.springframework.transaction.annotation.Transactional
import org.springframework.web.bind.annotation.PostMapping
import org.springframework.web.bind.annotation.RequestBody
import org.springframework.web.bind.annotation.RestController
import org.springframework.web.service.annotation.PostExchange
import org.springframework.web.service.registry.ImportHttpServices

@SpringBootApplication
class KotlinCall

fun main(arguments: Array<String>) {
    runApplication<KotlinCall>(*arguments)
}

// tag::caller[]
data class Mail(val to: String, val text: String)

data class Receipt(val id: String)

interface Mails {
    @PostExchange("/api/notifications")
    fun send(@RequestBody mail: Mail): Durable<Receipt>
}

@Configuration
@ImportHttpServices(group = "mail", types = [Mails::class])
class MailGroup

@Service
class Transfers(private val jdbc: JdbcClient, private val mails: Mails) {
    @Transactional
    fun transfer(to: String, note: String): Durable<Receipt> {
        jdbc.sql("INSERT INTO booking (note) VALUES (?)").param(note).update()
        return mails.send(Mail(to, note))
    }
}
// end::caller[]

// tag::receiver[]
@RestController
class Notifications(private val jdbc: JdbcClient) {
    @Idempotent
    @PostMapping("/api/notifications")
    fun accept(@RequestBody mail: Mail): Receipt {
        jdbc.sql("INSERT INTO notification (text) VALUES (?)").param(mail.text).update()
        return Receipt("for ${mail.to}")
    }
}
// end::receiver[]
