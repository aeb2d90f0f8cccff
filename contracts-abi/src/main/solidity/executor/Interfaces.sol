// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.27;

/// @notice A market of Morpho Blue.
struct MarketParams {
    address loanToken;
    address collateralToken;
    address oracle;
    address irm;
    uint256 lltv;
}

/// @notice A place where tokens are sold that the executor does not know by itself. The executor sends `amount` of `sold`
/// first; the venue must send what it got of `bought` to its caller. It needs no trust: the executor counts what it gets.
interface IVenue {
    function sell(address sold, address bought, uint256 amount, bytes calldata extra) external;
}

interface IToken {
    function balanceOf(address account) external view returns (uint256);
    function allowance(address owner, address spender) external view returns (uint256);
    function transfer(address to, uint256 amount) external returns (bool);
    function approve(address spender, uint256 amount) external returns (bool);
}

interface IWrapped {
    function deposit() external payable;
}

interface IAavePool {
    function flashLoanSimple(address receiver, address asset, uint256 amount, bytes calldata params, uint16 referral) external;
    function liquidationCall(address collateral, address debt, address user, uint256 debtToCover, bool receiveAToken) external;
}

interface IMorpho {
    function flashLoan(address token, uint256 assets, bytes calldata data) external;
    function liquidate(
        MarketParams memory market,
        address borrower,
        uint256 seizedAssets,
        uint256 repaidShares,
        bytes memory data
    ) external returns (uint256, uint256);
}

interface IPreLiquidation {
    function preLiquidate(address borrower, uint256 seizedAssets, uint256 repaidShares, bytes calldata data)
        external
        returns (uint256, uint256);
}

/// @notice A market of the Compound v2 lineage: cToken, vToken.
interface ICompoundMarket {
    function liquidateBorrow(address borrower, uint256 repayAmount, address collateralMarket) external returns (uint256);
    function redeem(uint256 tokens) external returns (uint256);
}

/// @notice Venus lets only this contract liquidate where a comptroller names one.
interface IVenusLiquidator {
    function liquidateBorrow(address market, address borrower, uint256 repayAmount, address collateralMarket) external payable;
}

interface IComet {
    function absorb(address absorber, address[] calldata accounts) external;
    function buyCollateral(address asset, uint256 minAmount, uint256 baseAmount, address recipient) external;
}

interface IUniswapV3Pool {
    function token0() external view returns (address);
    function flash(address recipient, uint256 amount0, uint256 amount1, bytes calldata data) external;
    function swap(address recipient, bool zeroForOne, int256 amount, uint160 sqrtPriceLimitX96, bytes calldata data)
        external
        returns (int256 amount0, int256 amount1);
}

interface IUniswapV2Pair {
    function getReserves() external view returns (uint112 reserve0, uint112 reserve1, uint32 time);
    function swap(uint256 amount0Out, uint256 amount1Out, address to, bytes calldata data) external;
}

interface ICurvePool {
    function exchange(int128 i, int128 j, uint256 amount, uint256 minimum) external;
}

interface ICurveCryptoPool {
    function exchange(uint256 i, uint256 j, uint256 amount, uint256 minimum) external;
}

interface IVault {
    function redeem(uint256 shares, address receiver, address owner) external returns (uint256);
}
