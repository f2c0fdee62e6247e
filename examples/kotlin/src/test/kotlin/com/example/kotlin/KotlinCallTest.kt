package com.example.kotlin

import dev.nodoubt.call.CallQuery
import dev.nodoubt.call.Outbox
import java.net.ServerSocket
import java.nio.file.Path
import java.time.Duration
import kotlin.io.path.readText
import org.assertj.core.api.Assertions.assertThat
import org.awaitility.Awaitility.await
import org.junit.jupiter.api.Test
import org.springframework.beans.factory.getBean
import org.springframework.boot.SpringBootVersion
import org.springframework.boot.runApplication
import org.springframework.jdbc.core.simple.JdbcClient
import org.springframework.transaction.PlatformTransactionManager
import org.springframework.transaction.support.TransactionTemplate

/** What docs/migrating.md shows for Kotlin, started. */
class KotlinCallTest {
    @Test
    fun `Gradle's file has the versions that are run here`() {
        assertThat(Path.of("build.gradle.kts").readText())
            .contains("kotlin(\"jvm\") version \"${KotlinVersion.CURRENT}\"")
            .contains("kotlin(\"plugin.spring\") version \"${KotlinVersion.CURRENT}\"")
            .contains("id(\"org.springframework.boot\") version \"${SpringBootVersion.getVersion()}\"")
    }

    @Test
    fun `a committed transfer is mailed once and a rolled back one never`() {
        val port = ServerSocket(0).use { it.localPort }
        runApplication<KotlinCall>(
                "--server.port=$port",
                "--spring.http.serviceclient.mail.base-url=http://localhost:$port",
            )
            .use { application ->
                val transfers = application.getBean<Transfers>()
                val outbox = application.getBean<Outbox>()

                TransactionTemplate(application.getBean<PlatformTransactionManager>()).executeWithoutResult {
                    transfers.transfer("bob", "rolled back")
                    it.setRollbackOnly()
                }
                val receipt = transfers.transfer("bob", "committed")
                await().atMost(Duration.ofSeconds(60)).until { receipt.outcome().isPresent }

                assertThat(receipt.reply()).contains(Receipt("for bob"))
                assertThat(outbox.search(CallQuery.NEWEST)).hasSize(1)
                val received = application.getBean<JdbcClient>().sql("SELECT text FROM notification")
                assertThat(received.query(String::class.java).list()).containsExactly("committed")
            }
    }
}
