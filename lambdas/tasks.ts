import { planningTasks } from './planning/tasks.ts'
import type { Task } from './runtime/task.ts'

/** Every function that a state machine invokes. */
export const tasks: readonly Task[] = [planningTasks].flatMap(table => Object.values<Task>(table))
