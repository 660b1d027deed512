import { processTools, runDestroy } from './release/program.ts'

process.exitCode = await runDestroy(process.argv.slice(2), processTools)
