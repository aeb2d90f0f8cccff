package plimsoll.devnet.fault;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import plimsoll.abi.AaveOracle;
import plimsoll.abi.AbiValues;
import plimsoll.abi.Aggregator;
import plimsoll.abi.ContractFunction;
import plimsoll.abi.Multicall3;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Feeds and price oracles that answer a share of the truth, asked directly or through Multicall3. */
final class PriceLie implements Lie {

    /** Which word of the answer is the price. */
    private static final Map<String, Integer> PRICE_WORD = Map.of(
            Aggregator.LATEST_ROUND_DATA.selector(), 1,
            Aggregator.GET_ROUND_DATA.selector(), 1,
            Aggregator.LATEST_ANSWER.selector(), 0,
            Aggregator.GET_ANSWER.selector(), 0,
            AaveOracle.GET_ASSET_PRICE.selector(), 0);

    /** Encodes what Multicall3 returns; a function's arguments and results are written alike. */
    private static final ContractFunction RETURNED =
            ContractFunction.of("returned((bool success, bytes returnData)[] all)");

    private static final int SELECTOR = 10;
    private static final int FIRST_OF_ARRAY = 2;

    private final Faults faults;

    PriceLie(Faults faults) {
        this.faults = faults;
    }

    @Override
    public ObjectNode after(Question question, ObjectNode answer) {
        JsonNode call = question.param(0);
        if (question.method().equals("eth_call")
                && answer.path("result").isString()
                && faults.isDue(Fault.WRONG_PRICE)) {
            String data = Json.string(call.path(call.has("input") ? "input" : "data"));
            String truth = Json.string(answer.path("result"));
            String told = told(Json.string(call.path("to")), data, truth);
            if (!told.equals(truth)) {
                answer.put("result", told);
                faults.struck(Fault.WRONG_PRICE);
            }
        }
        return answer;
    }

    private String told(String contract, String data, String truth) {
        String selector = data.substring(0, Math.min(SELECTOR, data.length())).toLowerCase(Locale.ROOT);
        if (selector.equals(Multicall3.AGGREGATE3.selector())) {
            return many(Multicall3.AGGREGATE3, data, truth);
        }
        if (selector.equals(Multicall3.TRY_AGGREGATE.selector())) {
            return many(Multicall3.TRY_AGGREGATE, data, truth);
        }
        if (!isMeant(contract)) {
            return truth;
        }
        if (selector.equals(AaveOracle.GET_ASSETS_PRICES.selector())) {
            String told = truth;
            for (int word = FIRST_OF_ARRAY; word < Words.count(truth); word++) {
                told = scaled(told, word);
            }
            return told;
        }
        Integer word = PRICE_WORD.get(selector);
        return word == null ? truth : scaled(truth, word);
    }

    private String many(ContractFunction function, String data, String truth) {
        try {
            AbiValues calls = function.decodeCall(data.toLowerCase(Locale.ROOT)).values("calls");
            AbiValues answers = function.decode(truth).values("returnData");
            List<List<Object>> told = new ArrayList<>();
            for (int i = 0; i < answers.size(); i++) {
                AbiValues call = calls.values(i);
                AbiValues answer = answers.values(i);
                String inner = told(call.address("target").hex(), call.hex("callData"), answer.hex("returnData"));
                told.add(List.of(answer.bool("success"), inner));
            }
            return "0x" + RETURNED.encode(told).substring(SELECTOR);
        } catch (IllegalArgumentException e) {
            return truth; // another contract's function under the same selector
        }
    }

    private boolean isMeant(String contract) {
        return faults.setting(Fault.WRONG_PRICE)
                .map(setting -> setting.contract()
                        .map(it -> it.hex().equalsIgnoreCase(contract))
                        .orElse(true))
                .orElse(false);
    }

    private String scaled(String answer, int word) {
        long percent =
                faults.setting(Fault.WRONG_PRICE).map(FaultSetting::amount).orElse(100L);
        return Words.changed(
                answer,
                word,
                price -> price.multiply(BigInteger.valueOf(percent)).divide(BigInteger.valueOf(100)));
    }
}
