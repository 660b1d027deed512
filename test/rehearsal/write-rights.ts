import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deployed } from './deployed.ts'
import { rightsPage } from './rights-table.ts'

writeFileSync(join(import.meta.dirname, '../../docs/rights.md'), rightsPage(await deployed('prod')))
