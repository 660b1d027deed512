import * as z from 'zod'
import { recurringDirections, recurringStatuses } from '../../../db/schema/wealth/recurring.ts'
import { transferSources, transferStatuses } from '../../../db/schema/wealth/transfers.ts'
import { money } from '../../../domain/shared/index.ts'
import { recurringPeriods, transactionCategories, transferReasons } from '../../../domain/wealth/index.ts'
import { calendarDate, instant, label, nameSchemas, uuid } from '../../runtime/schemas.ts'

const confidence = z.number().min(0).max(1).describe('How sure it is, from 0 to 1.')
const householdId = uuid.describe('The household.')
export const ofHousehold = z.strictObject({ householdId })

const side = z.strictObject({
  transactionId: uuid,
  accountId: uuid,
  accountName: z.string(),
  currency: z.string(),
  date: calendarDate,
  amount: money,
  description: z.string(),
})

export const transfer = z.strictObject({
  id: uuid,
  householdId: uuid,
  outflow: side,
  inflow: side,
  confidence,
  reasons: z.array(z.enum(transferReasons)).describe('Why the two look like a transfer.'),
  status: z.enum(transferStatuses),
  source: z.enum(transferSources).describe('Whether it was detected or a person has matched the two.'),
  version: z.int(),
  createdAt: instant,
  updatedAt: instant,
})

export const newTransfer = z.strictObject({
  householdId,
  outflowId: uuid.describe('The transaction by which money goes out.'),
  inflowId: uuid.describe('The transaction by which it comes in.'),
})
export const transferDecision = z.strictObject({
  status: z.enum(transferStatuses).describe('`confirmed` gives both transactions the category transfer. Every other status takes it back.'),
})
export const detected = z.strictObject({ found: z.int().describe('How many were found.') })

export const recurringFields = {
  name: label.describe('Its name.'),
  category: z.enum(transactionCategories).describe('Its category.'),
  period: z.enum(recurringPeriods).describe('How often it repeats.'),
  nextDate: calendarDate.describe('When the next one is expected.'),
  status: z.enum(recurringStatuses).describe('A dismissed one is not found again.'),
}
export const recurring = z.strictObject({
  id: uuid,
  householdId: uuid,
  accountId: uuid,
  direction: z.enum(recurringDirections).describe('Whether money comes in or goes out.'),
  ...recurringFields,
  amountLow: money.describe('The smallest amount, with its sign.'),
  amountHigh: money.describe('The largest amount, with its sign.'),
  lastAmount: money.describe('The last amount, with its sign.'),
  firstDate: calendarDate,
  lastDate: calendarDate,
  confidence,
  missed: z.array(calendarDate).describe('Expected dates without a payment.'),
  priceChanges: z.array(z.strictObject({ date: calendarDate, from: money, to: money })).describe('Changes of the amount that then stayed.'),
  version: z.int(),
  createdAt: instant,
  updatedAt: instant,
})
export const unlink = z.strictObject({ transactionId: uuid.describe('The transaction that is not one of these.') })

nameSchemas({ RecurringTransaction: recurring, Transfer: transfer, TransferSide: side })
