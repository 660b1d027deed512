import { gzipSync } from 'node:zlib'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildWeb, webFolder } from '../web/build.ts'
import { sizesOf } from '../web/sizes.ts'

await buildWeb(webFolder)
const { initial, pages } = sizesOf(webFolder, file => gzipSync(readFileSync(join(webFolder, file)), { level: 9 }).length)
const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`
console.log(`Built ${webFolder}. JavaScript, gzip: ${kilobytes(initial)} at first, then per page:`)
for (const { bytes, name } of pages.toSorted((left, right) => right.bytes - left.bytes))
  console.log(`  ${kilobytes(bytes).padStart(9)}  ${name}`)
