import de.bwaldvogel.mongo.MongoBackend;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/**
 * Arguments: a port, and a file to keep the documents in; in memory where there is no file. It is
 * for this machine alone, unless -Daddress names another address to listen on.
 */
public class Main {
  static final Set<String> WRITES =
      Set.of("insert", "update", "delete", "findAndModify", "findandmodify", "createIndexes", "create", "drop", "dropIndexes");

  public static void main(String[] arguments) throws Exception {
    MongoBackend backend = arguments.length < 2 ? new MemoryBackend() : durable(arguments[1]);
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
    try {
      server.bind(System.getProperty("address", "127.0.0.1"), Integer.parseInt(arguments[0]));
    } catch (RuntimeException taken) {
      // Threads that were started already would keep a process alive that serves nobody.
      System.err.println(taken.getMessage());
      System.exit(1);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown));
    System.out.println("ready");
    new CountDownLatch(1).await();
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
