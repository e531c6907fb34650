import com.sun.net.httpserver.HttpServer;
import de.bwaldvogel.mongo.MongoBackend;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/**
 * Arguments: a port, a file to keep the documents in, and a port for Prometheus; in memory where the
 * file is missing or empty. It is for this machine alone, unless -Daddress names another address to listen on.
 */
public class Main {
  static final Set<String> WRITES =
      Set.of("insert", "update", "delete", "findAndModify", "findandmodify", "createIndexes", "create", "drop", "dropIndexes");

  public static void main(String[] arguments) throws Exception {
    MongoBackend backend = arguments.length < 2 || arguments[1].isEmpty() ? new MemoryBackend() : durable(arguments[1]);
    // Drivers refuse what speaks less than MongoDB 4.4; what we use of 5.0 is all there.
    backend.version(
        new MongoVersion() {
          public List<Integer> getVersionArray() {
            return List.of(5, 0, 0);
          }

          public int getWireVersion() {
            return 13;
          }
        });
    MongoServer server = new MongoServer(backend);
    String address = System.getProperty("address", "127.0.0.1");
    int port = Integer.parseInt(arguments[0]);
    try {
      server.bind(address, port);
      if (arguments.length > 2) tell(new InetSocketAddress(address, Integer.parseInt(arguments[2])), port);
    } catch (RuntimeException | IOException taken) {
      // Threads that were started already would keep a process alive that serves nobody.
      System.err.println(taken.getMessage());
      System.exit(1);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown));
    System.out.println("ready");
    new CountDownLatch(1).await();
  }

  /** The two metrics of mongodb_exporter that make sense of it, at /metrics. */
  static void tell(InetSocketAddress listen, int port) throws IOException {
    HttpServer metrics = HttpServer.create(listen, 0);
    metrics.createContext(
        "/metrics",
        exchange -> {
          long seconds = ManagementFactory.getRuntimeMXBean().getUptime() / 1000;
          byte[] text =
              ("# TYPE mongodb_up gauge\nmongodb_up " + (answers(port) ? 1 : 0)
                      + "\n# TYPE mongodb_ss_uptime counter\nmongodb_ss_uptime " + seconds + "\n")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
          exchange.sendResponseHeaders(200, text.length);
          exchange.getResponseBody().write(text);
          exchange.close();
        });
    metrics.start();
  }

  static boolean answers(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
      return true;
    } catch (IOException down) {
      return false;
    }
  }

  /** Commits after every write: by itself it does so once a second, and a kill loses that second. */
  static MongoBackend durable(String file) {
    return new H2Backend(file) {
      @Override
      public Document handleMessage(MongoMessage message) {
        Document reply = super.handleMessage(message);
        if (WRITES.contains(message.getDocument().keySet().iterator().next())) commit();
        return reply;
      }
    };
  }
}
