import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { costTable, withCostTable } from './readme-table.ts'

const readme = join(import.meta.dirname, '../../../README.md')
writeFileSync(readme, withCostTable(readFileSync(readme, 'utf8'), costTable()))
