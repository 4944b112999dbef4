// Renovate's own docker datasource, asked for the digest of each image, as its lookups ask; a line per round, as DigestBenchmark prints.
// Arguments: host, key file, images, at once, rounds. Needs `npm install` of package.json beside it.
const fs = require('fs')
const http = require('http')

const [host, keyFile, count, parallel, rounds] = process.argv.slice(2)
let requests = 0
let tokens = 0
const request = http.request
http.request = (...all) => {
    requests++
    if (all.some((one) => String(one?.href ?? one?.path ?? one).includes('/v2/token'))) tokens++
    return request(...all)
}

const { DockerDatasource } = require('renovate/dist/modules/datasource/docker')
const hostRules = require('renovate/dist/util/host-rules')
const memoryCache = require('renovate/dist/util/cache/memory')
const queue = require('renovate/dist/util/http/queue')

hostRules.add({
    hostType: 'docker',
    matchHost: host.split(':')[0],
    username: '_json_key',
    password: fs.readFileSync(keyFile, 'utf8'),
    insecureRegistry: true,
    // Its default is 5.
    concurrentRequestLimit: Number(parallel),
})

async function round(number) {
    requests = tokens = 0
    memoryCache.init()
    queue.clear()
    const datasource = new DockerDatasource()
    const begun = process.hrtime.bigint()
    let next = 0
    const worker = async () => {
        while (next < Number(count)) {
            const packageName = `${host}/bench/app${next++}`
            const digest = await datasource.getDigest({ packageName, registryUrl: 'https://index.docker.io' }, 'stable')
            if (!/^sha256:/.test(digest)) throw new Error(`no digest of ${packageName}: ${digest}`)
        }
    }
    await Promise.all(Array.from({ length: Number(parallel) }, worker))
    const seconds = Number(process.hrtime.bigint() - begun) / 1e9
    console.log(`round=${number} images=${count} seconds=${seconds.toFixed(3)} requests=${requests} tokens=${tokens}`)
}

;(async () => {
    for (let number = 0; number < Number(rounds); number++) await round(number)
})().catch((error) => {
    console.error(error)
    process.exit(1)
})
