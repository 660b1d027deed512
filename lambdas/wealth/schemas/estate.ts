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

const heirOfAccount = beneficiary.extend({
  amount: z
    .string()
    .nullable()
    .describe('The part of the balance, to the minor unit. The amounts of a rank add up exactly to the balance.'),
})
const heir = z.strictObject({
  personId: uuid.nullable(),
  name: z.string(),
  kind,
  currency: z.string(),
  amount: z.string().describe('The sum of the amounts below. Accounts without a value count nothing.'),
  accounts: z.array(z.strictObject({ accountId: uuid, share, amount: z.string().nullable() })),
})

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
      primary: z.array(heirOfAccount),
      contingent: z.array(heirOfAccount),
      designation: z
        .enum(['complete', 'primary_only', 'contingent_only', 'none'])
        .describe('`none`: no beneficiary. `primary_only`: nobody gets it if no primary beneficiary can.'),
    }),
  ),
  heirs: z
    .array(heir)
    .describe(
      'What each beneficiary receives, by currency: as a primary one, or as a contingent one of an account that has no primary one.',
    ),
  totals: z
    .array(z.strictObject({ currency: z.string(), designated: z.string(), undesignated: z.string() }))
    .describe('The balances of accounts with and without beneficiaries, by currency. Balances below zero count nothing.'),
})

nameSchemas({
  AccountHeir: heirOfAccount,
  Beneficiary: beneficiary,
  BeneficiaryBody: beneficiaryBody,
  BeneficiaryLists: beneficiaryLists,
  Estate: estate,
  Heir: heir,
})
