import { plaidConnections } from '../../../db/schema/wealth/connections.ts'
import { updates } from '../../runtime/writes.ts'
import { lotWrites } from './lot-writes.ts'
import { ruleWrites } from './rules.ts'
import { detectionWrites } from './transfers.ts'

/** The writes of a task that calls `followUp`. */
export const followUpWrites = [...lotWrites, ...ruleWrites, ...detectionWrites, updates(plaidConnections, ['rulesAppliedAt'])]
