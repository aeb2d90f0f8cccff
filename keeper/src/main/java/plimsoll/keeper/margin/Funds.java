package plimsoll.keeper.margin;

import plimsoll.units.TokenAmount;

/**
 * What a mandate could use of one asset now.
 *
 * @param balance what the source holds
 * @param allowance the least that any spender on the way may take
 */
public record Funds(TokenAmount balance, TokenAmount allowance) {}
