// Does with the reference client of relays what its arguments say, and ends.
//   send URL KEY CASE   sends the bundle of CASE (JSON), tries it and withdraws it; the relay at URL hears the requests
//   sign KEY TEXT       prints the header that the reference client would put over a body TEXT
const { Wallet, JsonRpcProvider, id } = require('ethers')

async function send(url, key, text) {
  const { FlashbotsBundleProvider } = require('@flashbots/ethers-provider-bundle')
  const bundle = JSON.parse(text)
  const relay = await FlashbotsBundleProvider.create(new JsonRpcProvider(url), new Wallet(key), url, {
    name: 'local',
    chainId: 31337n
  })
  await relay.sendRawBundle(bundle.txs, bundle.block, bundle.options)
  await relay.simulate(bundle.txs, bundle.block, bundle.state)
  await relay.cancelBundles(bundle.options.replacementUuid)
}

async function sign(key, body) {
  const wallet = new Wallet(key)
  process.stdout.write((await wallet.getAddress()) + ':' + (await wallet.signMessage(id(body))))
}

const [what, ...rest] = process.argv.slice(2)
;(what === 'send' ? send(...rest) : sign(...rest)).then(
  () => process.exit(0),
  (e) => {
    console.error(e)
    process.exit(1)
  }
)
