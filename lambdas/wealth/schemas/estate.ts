import * as z from 'zod'
import { beneficiaryKinds } from '../../../domain/wealth/index.ts'
import { calendarDate, label, nameSchemas, uuid } from '../../runtime/schemas.ts'
import { accountType } from './accounts.ts'

const kind = z
  .enum(beneficiaryKinds)
  .meta({ id: 'BeneficiaryKind', description: 'Who gets it: a person, a charity, a trust, or the estate.' })
const share = z
  .string()
  .regex(/^(100(\.0{1,3})?|\d{1,2}(\.\d{1,3})?)$/, 'must be per cent with at most three decimals, like "33.334"')
  .refine(text => Number(text) > 0, { error: 'must be above zero' })
  .meta({ id: 'BeneficiaryShare', description: 'Per cent, with at most three decimals.', example: '33.334' })

const beneficiaryBody = z
  .strictObject({
    personId: uuid.optional().describe('A person of the household.'),
    name: label.optional().describe('Somebody else: a friend, a charity, a trust.'),
    kind: kind.default('person'),
    share,
  })
  .refine(({ name, personId }) => (name === undefined) !== (personId === undefined), {
    error: 'must have either a person of the household or a name',
    path: ['name'],
  })

const ranked = z.array(beneficiaryBody).max(50).default([])

export const beneficiariesBody = z.strictObject({
  primary: ranked.describe('Who gets the account. Their shares sum to exactly 100.'),
  contingent: ranked.describe('Who gets it if no primary beneficiary can. Their shares sum to exactly 100.'),
})

const beneficiary = z.strictObject({ personId: uuid.nullable(), name: z.string(), kind, share: z.string() })
const lists = { primary: z.array(beneficiary), contingent: z.array(beneficiary) }

export const beneficiaryLists = z.strictObject({ accountId: uuid, ...lists, version: z.int().describe('The version of the account.') })

export const estate = z.strictObject({
  date: calendarDate.describe('Today in the timezone of the household.'),
  items: z.array(
    z.strictObject({
      accountId: uuid,
      name: z.string(),
      type: accountType,
      ownerId: uuid.nullable(),
      currency: z.string(),
      currentBalance: z.string().nullable(),
      ...lists,
      designation: z
        .enum(['complete', 'primary_only', 'none'])
        .describe('`none`: no beneficiary. `primary_only`: nobody gets it if no primary beneficiary can.'),
    }),
  ),
})

nameSchemas({ Beneficiary: beneficiary, BeneficiaryBody: beneficiaryBody, BeneficiaryLists: beneficiaryLists, Estate: estate })
