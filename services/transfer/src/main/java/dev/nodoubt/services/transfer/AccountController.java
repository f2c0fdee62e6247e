package dev.nodoubt.services.transfer;

import dev.nodoubt.services.transfer.Page.Slice;
import java.net.URI;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/accounts}: opened once, never deleted. */
@RestController
@RequestMapping("/api/accounts")
final class AccountController {

    private final Accounts accounts;

    AccountController(Accounts accounts) {
        this.accounts = accounts;
    }

    @PostMapping(consumes = "application/json", produces = "application/json")
    ResponseEntity<Account> open(@RequestBody NewAccount wanted) {
        Account account = accounts.open(wanted);
        return ResponseEntity.created(URI.create("/api/accounts/" + account.id()))
                .body(account);
    }

    @GetMapping("/{id}")
    Account one(@PathVariable String id) {
        return accounts.find(Fields.accountId("id", id)).orElseThrow(() -> Refusal.unknownAccount("id", id));
    }

    @GetMapping
    Page<Account> page(@RequestParam(defaultValue = "0") int page, @RequestParam(defaultValue = "50") int size) {
        return accounts.page(new Slice(page, size));
    }
}
