import { runCost } from './cost/program.ts'
import { processTools } from './release/program.ts'

process.exitCode = await runCost(process.argv.slice(2), processTools)
