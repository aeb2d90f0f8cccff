package plimsoll.keeper.protocol.aave;

import java.util.Optional;
import plimsoll.abi.AavePool;
import plimsoll.abi.AddressesProvider;
import plimsoll.abi.ContractFunction;
import plimsoll.chain.call.BlockAt;
import plimsoll.chain.call.Chain;
import plimsoll.chain.rpc.RpcException;
import plimsoll.units.Address;

/** Where the parts of a market live, found from its Pool. */
record MarketContracts(
        Address pool, Address provider, Address oracle, Address configurator, Optional<Address> sentinel) {

    static MarketContracts of(Chain chain, Address pool, BlockAt at) {
        Address provider = ask(chain, pool, AavePool.ADDRESSES_PROVIDER, at);
        return new MarketContracts(
                pool,
                provider,
                ask(chain, provider, AddressesProvider.GET_PRICE_ORACLE, at),
                ask(chain, provider, AddressesProvider.GET_POOL_CONFIGURATOR, at),
                Optional.of(ask(chain, provider, AddressesProvider.GET_PRICE_ORACLE_SENTINEL, at))
                        .filter(found -> !found.equals(Address.ZERO)));
    }

    private static Address ask(Chain chain, Address contract, ContractFunction function, BlockAt at) {
        try {
            return function.decode(chain.call(contract, function.encode(), at)).address(0);
        } catch (IllegalArgumentException e) {
            throw new RpcException(
                    RpcException.Kind.REJECTED,
                    "No Aave v3 market is found at this Pool: contract=" + contract + " function=" + function,
                    e);
        }
    }
}
