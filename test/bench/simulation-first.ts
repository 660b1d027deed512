import { simulate } from '../../domain/simulation/index.ts'
import { workload } from './simulation-workload.ts'

/* Prints the milliseconds of the first simulation of a fresh process, all its modules loaded. */
const spec = workload(1, 10_000)
const start = performance.now()
simulate(spec)
console.log(performance.now() - start)
