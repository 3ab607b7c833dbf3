package io.holdfast.service.web;

import io.holdfast.service.http.Pages;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Objects;

/// `/`: what this is, and how to point a client at it.
public final class StartPage implements Pages {
    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/", StartPage::show);
    }

    private static void show(Context context) {
        String host = Objects.requireNonNullElse(context.host(), "this.server.example");
        String here = Html.text(context.scheme() + "://" + host);
        Html.send(
                context,
                "Holdfast",
                """
                <p>A fixed name for an address that moves: this is a dynamic DNS service. A router or
                an update client tells it a host's address, and from then on its name servers answer
                with that.</p>
                <h2>Point a client here</h2>
                <p>Whatever speaks <code>dyndns2</code> works. As user name and password it takes the
                host's name and the host's secret, or an account's name and its update key.</p>
                <pre>curl -u home.example.org:SECRET "%s/nic/update?hostname=home.example.org&amp;myip=192.0.2.7"</pre>
                <p>The answer is one line a host: <code>good</code> when the address is new,
                <code>nochg</code> when it was so already, and otherwise a word that says what is
                wrong. Without <code>myip</code> the address that the request comes from is taken.</p>
                <h2>What is my address?</h2>
                <ul>
                <li><a href="/myip">/myip</a>, bare</li>
                <li><a href="/checkip">/checkip</a>, in the form that old clients expect</li>
                </ul>
                """
                        .formatted(here),
                "");
    }
}
