package plimsoll.keeper.app;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import plimsoll.keeper.liquidation.guard.GuardPolicy;
import plimsoll.keeper.liquidation.guard.Lists;
import plimsoll.keeper.watch.EvidenceSources;
import plimsoll.runtime.cli.CommandFailure;
import plimsoll.units.Address;

/**
 * Where the guards look.
 *
 * @param haltFile while this file exists, nothing is sent
 */
record GuardSettings(EvidenceSources sources, Optional<Path> haltFile) {

    static final GuardSettings NONE = new GuardSettings(EvidenceSources.NONE, Optional.empty());

    static GuardSettings of(KeeperConfig.Keeper.Guard guard, Optional<Address> multicall) {
        return new GuardSettings(
                new EvidenceSources(
                        guard.secondSource().entrySet().stream()
                                .collect(Collectors.toMap(
                                        e -> address(e.getKey(), "second-source"),
                                        e -> address(e.getValue(), "second-source"))),
                        guard.sequencerFeed(),
                        multicall),
                guard.haltFile().map(Path::of));
    }

    static GuardPolicy policy(KeeperConfig.Keeper.Guard guard) {
        return new GuardPolicy(
                new GuardPolicy.Prices(
                        guard.maxDeviation(), guard.maxSaleDeviation(), guard.boundMargin(), guard.maxRepeatedMove()),
                guard.sequencerGrace(),
                guard.minCoin(),
                new GuardPolicy.Subjects(
                        new Lists(
                                addresses(guard.denyAssets(), "deny-assets"),
                                addresses(guard.allowAssets(), "allow-assets")),
                        new Lists(
                                addresses(guard.denyAccounts(), "deny-accounts"),
                                addresses(guard.allowAccounts(), "allow-accounts")),
                        guard.waitForCompetitors(),
                        guard.holdFrozen()),
                new GuardPolicy.Sends(
                        guard.retryAfter(),
                        guard.maxReverts(),
                        guard.maxRevertRatio(),
                        GuardPolicy.Sends.USUAL.sample(),
                        guard.slowestSend()));
    }

    private static Set<Address> addresses(Optional<List<String>> texts, String key) {
        Set<Address> addresses = new HashSet<>();
        texts.orElse(List.of()).forEach(text -> addresses.add(address(text.strip(), key)));
        return addresses;
    }

    private static Address address(String text, String key) {
        try {
            return new Address(text);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.configuration(
                    "plimsoll.keeper.guard." + key + " is not an address: found=" + text,
                    "plimsoll.keeper.guard." + key);
        }
    }
}
