import { marketTasks } from './market/tasks.ts'
import { planningTasks } from './planning/tasks.ts'
import type { Task } from './runtime/task.ts'

/** Every function that a state machine or an event invokes. */
export const tasks: readonly Task[] = [marketTasks, planningTasks].flatMap(table => Object.values<Task>(table))
