import { marketTasks } from './market/tasks.ts'
import { operationsTasks } from './operations/tasks.ts'
import { planningTasks } from './planning/tasks.ts'
import type { Task } from './runtime/task.ts'
import { wealthTasks } from './wealth/tasks.ts'

/** Every function that a state machine, an event or an operator invokes. */
export const tasks: readonly Task[] = [marketTasks, operationsTasks, planningTasks, wealthTasks].flatMap(table =>
  Object.values<Task>(table),
)
