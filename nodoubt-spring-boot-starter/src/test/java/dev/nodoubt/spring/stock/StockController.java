package dev.nodoubt.spring.stock;

import dev.nodoubt.Payload;
import dev.nodoubt.Reply;
import dev.nodoubt.gate.RejectedException;
import dev.nodoubt.spring.Idempotent;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

@RestController
class StockController {

    private final Items items;
    private final JdbcClient client;
    private final JdbcTemplate template;
    private final TransactionTemplate another;

    StockController(Items items, JdbcClient client, JdbcTemplate template, PlatformTransactionManager manager) {
        this.items = items;
        this.client = client;
        this.template = template;
        this.another = new TransactionTemplate(manager);
        another.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    @Idempotent
    @PostMapping("/take/{name}")
    String take(@PathVariable String name) {
        Item item = items.findById(name).orElseThrow();
        item.take(1);
        client.sql("INSERT INTO note (text) VALUES (?)")
                .param(name + " by client")
                .update();
        template.update("INSERT INTO note (text) VALUES (?)", name + " by template");
        return item.quantity() + " left on " + item.shelf();
    }

    @Idempotent
    @PostMapping("/refuse/{name}/{how}")
    String refuse(@PathVariable String name, @PathVariable String how) {
        items.findById(name).orElseThrow().take(1);
        items.save(new Item(name + " copy", name + " copy", 1));
        throw how.equals("status")
                ? new ResponseStatusException(HttpStatus.UNPROCESSABLE_CONTENT, "not for sale")
                : new RejectedException(Reply.of(409, Payload.json("{\"for\":\"nobody\"}")));
    }

    /** The database sees the second item on the shelf at the flush, which is the commit's. */
    @Idempotent
    @PostMapping("/store/{name}/{shelf}")
    String store(@PathVariable String name, @PathVariable String shelf) {
        items.save(new Item(name, shelf, 1));
        return "stored";
    }

    /** The first time, somebody else changes the item before this change is flushed. */
    @Idempotent
    @PostMapping("/contend/{name}")
    String contend(@PathVariable String name) {
        Item item = items.findById(name).orElseThrow();
        if (item.version() == 0) {
            another.executeWithoutResult(status -> client.sql("UPDATE item SET version = 1 WHERE name = ?")
                    .param(name)
                    .update());
        }
        item.take(1);
        return "taken";
    }
}
