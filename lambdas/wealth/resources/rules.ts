import type * as z from 'zod'
import { ruleChangeRows, ruleRows, ruleRunRows } from '../../../db/queries/wealth/rules.ts'
import { ruleChanges as changeTable, ruleRuns as runTable, rules as ruleTable } from '../../../db/schema/wealth/rules.ts'
import { equals, flag, search } from '../../runtime/resource/filters.ts'
import { resource } from '../../runtime/resource/resource.ts'
import { uuid } from '../../runtime/schemas.ts'
import { ofHousehold } from '../household-filter.ts'
import { rule, ruleChange, ruleRun } from '../schemas/rules.ts'

type RuleAnswer = z.output<typeof rule>
type ChangeAnswer = z.output<typeof ruleChange>

export const rules = resource({
  one: 'rule',
  many: 'the rules for transactions',
  path: '/v1/wealth/rules',
  parameter: { ruleId: uuid.describe('The rule.') },
  rows: ruleRows,
  answer: rule,
  filters: {
    ...ofHousehold(ruleTable.householdId),
    isActive: equals(ruleTable.isActive, flag),
    ...search(ruleTable.name),
  },
  sorts: ['position', 'name', 'createdAt'],
  order: 'position',
  present: {
    conditions: row => row.conditions as RuleAnswer['conditions'],
    actions: row => row.actions as RuleAnswer['actions'],
  },
})

export const ruleRuns = resource({
  one: 'run of rules',
  many: 'runs of rules',
  path: '/v1/wealth/rule-runs',
  parameter: { ruleRunId: uuid.describe('The run of rules.') },
  rows: ruleRunRows,
  answer: ruleRun,
  filters: { ...ofHousehold(runTable.householdId), source: equals(runTable.source, ruleRun.shape.source) },
  sorts: ['createdAt'],
})

export const ruleChanges = resource({
  one: 'change by rules',
  many: 'the changes of a run of rules',
  path: '/v1/wealth/rule-runs/{ruleRunId}/changes',
  within: { parent: ruleRuns, column: changeTable.runId },
  rows: ruleChangeRows,
  answer: ruleChange,
  filters: { transactionId: equals(changeTable.transactionId, uuid), field: equals(changeTable.field, ruleChange.shape.field) },
  sorts: ['field'],
  order: 'id',
  present: {
    before: row => row.before as ChangeAnswer['before'],
    after: row => row.after as ChangeAnswer['after'],
  },
})
