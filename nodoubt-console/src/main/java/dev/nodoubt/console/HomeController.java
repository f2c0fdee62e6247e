package dev.nodoubt.console;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.view.RedirectView;

/** Where the console begins in an application that is a receiver and calls nobody. */
@Controller
final class HomeController {

    @GetMapping({"/nodoubt", "/nodoubt/"})
    View home(HttpServletRequest request) {
        return new RedirectView(Pages.base(request) + "/" + Section.RECEIVER.path());
    }
}
