import java.util.Map;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.harness.Neo4jBuilders;

/** Serves a Neo4j on a free port, with the first argument as password, until it is stopped. */
public final class Serve {
  public static void main(String[] arguments) throws InterruptedException {
    var neo4j =
        Neo4jBuilders.newInProcessBuilder()
            .withConfig(GraphDatabaseSettings.auth_enabled, true)
            .withDisabledServer()
            .build();
    neo4j
        .databaseManagementService()
        .database("system")
        .executeTransactionally(
            "ALTER USER neo4j SET PASSWORD $password CHANGE NOT REQUIRED",
            Map.of("password", arguments[0]));
    System.out.println("NEO4J_TEST_URI=bolt://" + neo4j.boltURI().getAuthority());
    Thread.currentThread().join();
  }
}
