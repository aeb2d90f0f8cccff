package plimsoll.acceptance;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;

/** Holds the arrows of the house: what may be imported, and what pure code may know. */
@AnalyzeClasses(packages = "plimsoll", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

    private static final String[] PURE = {
        "plimsoll.units..",
        "plimsoll.protocol..",
        "plimsoll.abi..",
        "plimsoll.risk..",
        "plimsoll.oracle.parameter..",
        "plimsoll.oracle.plan..",
        "plimsoll.oracle.evidence..",
        "plimsoll.oracle.calibration..",
        "plimsoll.oracle.proposal..",
        "plimsoll.keeper.position..",
        "plimsoll.keeper.liquidation..",
        "plimsoll.keeper.journal..",
        "plimsoll.keeper.history..",
        "plimsoll.keeper.margin.."
    };

    /** Results that differ between machines in their last bits: StrictMath has the same names and one answer. */
    private static final Set<String> PLATFORM_TRANSCENDENTALS = Set.of(
            "exp", "expm1", "log", "log10", "log1p", "pow", "cbrt", "sin", "cos", "tan", "asin", "acos", "atan",
            "atan2", "sinh", "cosh", "tanh", "hypot");

    @ArchTest
    static final ArchRule pureCodeKnowsNoFrameworkNetworkDatabaseOrLogger = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.quarkus..",
                    "jakarta..",
                    "org.hibernate..",
                    "java.sql..",
                    "javax.sql..",
                    "java.net..",
                    "java.nio.file..",
                    "okhttp3..",
                    "org.slf4j..",
                    "java.util.logging..",
                    "picocli..");

    @ArchTest
    static final ArchRule pureCodeIsGivenTheTime = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class);

    @ArchTest
    static final ArchRule pureCodeIsGivenItsChance = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .callConstructor(java.util.Random.class)
            .orShould()
            .callMethod(Math.class, "random");

    @ArchTest
    static final ArchRule whatReachesAManifestHasTheSameBitsEverywhere = noClasses()
            .that()
            .resideInAnyPackage(
                    "plimsoll.risk..",
                    "plimsoll.oracle.parameter..",
                    "plimsoll.oracle.calibration..",
                    "plimsoll.oracle.evidence..")
            .should()
            .callMethodWhere(
                    new DescribedPredicate<JavaCall<?>>("a platform transcendental of java.lang.Math is called") {
                        @Override
                        public boolean test(JavaCall<?> call) {
                            return call.getTargetOwner().isEquivalentTo(Math.class)
                                    && PLATFORM_TRANSCENDENTALS.contains(call.getName());
                        }
                    });

    @ArchTest
    static final ArchRule nodesAreAskedThroughThePool = noClasses()
            .that()
            .resideOutsideOfPackages("plimsoll.chain..", "plimsoll.devnet..", "plimsoll.acceptance..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("plimsoll.chain.rpc.RpcClient");

    @ArchTest
    static final ArchRule unitsKnowNothingOfOurs = onlyOurs("plimsoll.units..", "plimsoll.units..");

    @ArchTest
    static final ArchRule protocolKnowsUnitsOnly =
            onlyOurs("plimsoll.protocol..", "plimsoll.protocol..", "plimsoll.units..");

    @ArchTest
    static final ArchRule abiKnowsUnitsOnly = onlyOurs("plimsoll.abi..", "plimsoll.abi..", "plimsoll.units..");

    @ArchTest
    static final ArchRule rpcKnowsNothingAboveIt =
            onlyOurs("plimsoll.chain.rpc..", "plimsoll.chain.rpc..", "plimsoll.units..");

    @ArchTest
    static final ArchRule poolKnowsRpcAndUnitsOnly =
            onlyOurs("plimsoll.chain.pool..", "plimsoll.chain.pool..", "plimsoll.chain.rpc..", "plimsoll.units..");

    @ArchTest
    static final ArchRule keysKnowOnlyHowToAskARemoteSigner =
            onlyOurs("plimsoll.chain.key..", "plimsoll.chain.key..", "plimsoll.chain.rpc..", "plimsoll.units..");

    @ArchTest
    static final ArchRule relaysAreAWayOfBroadcasting = onlyOurs(
            "plimsoll.chain.relay..",
            "plimsoll.chain.relay..",
            "plimsoll.chain.tx..",
            "plimsoll.chain.call..",
            "plimsoll.chain.key..",
            "plimsoll.chain.rpc..",
            "plimsoll.units..");

    @ArchTest
    static final ArchRule nothingInChainKnowsRelays = noClasses()
            .that()
            .resideInAPackage("plimsoll.chain..")
            .and()
            .resideOutsideOfPackages("plimsoll.chain.relay..", "plimsoll.chain.auction..", "..testing..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("plimsoll.chain.relay..");

    @ArchTest
    static final ArchRule auctionsAreAWayOfBroadcasting = onlyOurs(
            "plimsoll.chain.auction..",
            "plimsoll.chain.auction..",
            "plimsoll.chain.relay..",
            "plimsoll.chain.tx..",
            "plimsoll.chain.call..",
            "plimsoll.chain.key..",
            "plimsoll.chain.rpc..",
            "plimsoll.units..");

    @ArchTest
    static final ArchRule nothingInChainKnowsAuctions = noClasses()
            .that()
            .resideInAPackage("plimsoll.chain..")
            .and()
            .resideOutsideOfPackages("plimsoll.chain.auction..", "..testing..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("plimsoll.chain.auction..");

    @ArchTest
    static final ArchRule chainKnowsNoFramework = noClasses()
            .that()
            .resideInAPackage("plimsoll.chain..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.quarkus..", "jakarta..", "org.hibernate..", "java.sql..");

    @ArchTest
    static final ArchRule riskKnowsNothingOfOurs = onlyOurs("plimsoll.risk..", "plimsoll.risk..");

    @ArchTest
    static final ArchRule oracleNeverImportsKeeper = noClasses()
            .that()
            .resideInAPackage("plimsoll.oracle..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("plimsoll.keeper..");

    @ArchTest
    static final ArchRule keeperNeverImportsOracle = noClasses()
            .that()
            .resideInAPackage("plimsoll.keeper..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("plimsoll.oracle..");

    @ArchTest
    static final ArchRule productionNeverImportsDevnet = noClasses()
            .that()
            .resideOutsideOfPackages("plimsoll.devnet..", "plimsoll.acceptance..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("plimsoll.devnet..");

    @ArchTest
    static final ArchRule productionNeverImportsFakes = noClasses()
            .that()
            .resideOutsideOfPackages("..testing..", "plimsoll.devnet..", "plimsoll.acceptance..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("plimsoll..testing..");

    @ArchTest
    static final ArchRule oracleFeedKnowsNoOtherEdge = edge("plimsoll.oracle.feed..", "publish", "store", "api");

    @ArchTest
    static final ArchRule oraclePublishKnowsNoOtherEdge = edge("plimsoll.oracle.publish..", "feed", "store", "api");

    @ArchTest
    static final ArchRule oracleStoreKnowsNoOtherEdge = edge("plimsoll.oracle.store..", "feed", "publish", "api");

    @ArchTest
    static final ArchRule keeperWatchKnowsNoOtherEdge =
            edge("plimsoll.keeper.watch..", "protocol", "execute", "store", "api");

    @ArchTest
    static final ArchRule protocolsKnowNoOtherEdgeThanTheWatch =
            edge("plimsoll.keeper.protocol..", "execute", "store", "api");

    @ArchTest
    static final ArchRule keeperExecuteKnowsNoOtherEdge =
            edge("plimsoll.keeper.execute..", "watch", "protocol", "store", "api");

    @ArchTest
    static final ArchRule keeperStoreKnowsNoOtherEdge =
            edge("plimsoll.keeper.store..", "watch", "protocol", "execute", "api");

    @ArchTest
    static final ArchRule keeperNotifyKnowsNoOtherEdge =
            edge("plimsoll.keeper.notify..", "watch", "execute", "relief", "store", "api");

    @ArchTest
    static final ArchRule keeperReliefKnowsNoOtherEdge =
            edge("plimsoll.keeper.relief..", "watch", "execute", "notify", "store", "api");

    @ArchTest
    static final ArchRule bigIntegerStaysInsideUnitsProtocolsAndEdges = noClasses()
            .that()
            .resideInAnyPackage(
                    "plimsoll.oracle.parameter..",
                    "plimsoll.oracle.plan..",
                    "plimsoll.keeper.liquidation..",
                    "plimsoll.keeper.journal..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(BigInteger.class);

    @ArchTest
    static final ArchRule entitiesStayInTheirStore = classes()
            .that()
            .areAnnotatedWith("jakarta.persistence.Entity")
            .should()
            .bePackagePrivate()
            .andShould()
            .resideInAPackage("..store..");

    private static ArchRule onlyOurs(String which, String... allowed) {
        return noClasses()
                .that()
                .resideInAPackage(which)
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "are ours and outside " + String.join(", ", allowed),
                        c -> c.getPackageName().startsWith("plimsoll")
                                && !com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage(allowed)
                                        .test(c)));
    }

    private static ArchRule edge(String which, String... others) {
        String app = which.replaceFirst("(plimsoll\\.\\w+)\\..*", "$1");
        String[] packages = java.util.Arrays.stream(others)
                .map(other -> app + "." + other + "..")
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(which)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages)
                .allowEmptyShould(true);
    }
}
