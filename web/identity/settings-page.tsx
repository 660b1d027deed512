import { Link } from 'wouter'
import { CheckboxField, SelectField, TextField } from '../components/field.tsx'
import { Form } from '../components/form.tsx'
import { formatInstant, formatMoney } from '../components/format.ts'
import { Card, Loading, Page, Section } from '../components/page.tsx'
import { Failure } from '../components/problem.tsx'
import { useVersionedForm } from '../components/use-versioned-form.tsx'
import { api, refreshQueries, useApi } from '../shell/api.ts'
import { applyTheme, type Preferences, privacyMode, useLook } from '../shell/preferences.ts'
import { useStore } from '../shell/store.ts'
import { changedStored } from '../shell/undo.ts'
import { currencyOptions, localeOptions, timezoneOptions } from '../components/choices.ts'
import type { ApiAnswer } from '../../lambdas/api-types.ts'
import { settings as m, signUp } from '#messages/identity'
import { form as words } from '#messages/shell'

type Me = ApiAnswer<'GET /v1/identity/me'>
type MeChange = Parameters<typeof api<'PATCH /v1/identity/me'>>[1]['body']

const orNull = (text: string): string | null => (text.trim() === '' ? null : text)

const profileOf = ({ company, firstName, lastName, licenseNumber, title }: Me) => ({
  firstName: firstName ?? '',
  lastName: lastName ?? '',
  company: company ?? '',
  title: title ?? '',
  licenseNumber: licenseNumber ?? '',
})

const readMe = (): Promise<Me> => api('GET /v1/identity/me')

const changeMe = async (body: MeChange, ifMatch: number): Promise<Me> => {
  const me = await api('PATCH /v1/identity/me', { body, ifMatch })
  await refreshQueries('GET /v1/identity/me')
  return me
}

const Profile = ({ me }: { readonly me: Me }) => {
  const { conflict, form } = useVersionedForm({
    stored: me,
    valuesOf: profileOf,
    draft: 'profile',
    labels: { firstName: signUp.firstName, lastName: signUp.lastName, company: m.company, title: m.jobTitle, licenseNumber: m.licence },
    reload: readMe,
    save: async (values, version) => {
      const now = await changeMe(Object.fromEntries(Object.entries(values).map(([name, text]) => [name, orNull(text)])), version)
      const { company, firstName, lastName, licenseNumber, title } = me
      changedStored(m.saved, now, readMe, at => changeMe({ company, firstName, lastName, licenseNumber, title }, at))
    },
  })
  return (
    <Section title={m.profile} lead={m.profileLead}>
      <Card>
        <Form form={form} submit={words.save} columns>
          <TextField {...form.text('firstName')} label={signUp.firstName} autoComplete="given-name" optional />
          <TextField {...form.text('lastName')} label={signUp.lastName} autoComplete="family-name" optional />
          <TextField {...form.text('company')} label={m.company} autoComplete="organization" optional />
          <TextField {...form.text('title')} label={m.jobTitle} help={m.professional} autoComplete="organization-title" optional />
          <TextField {...form.text('licenseNumber')} label={m.licence} help={m.professional} optional />
        </Form>
        {conflict}
      </Card>
    </Section>
  )
}

/** What holds now: of a person who has chosen nothing yet, the language and the timezone of the device. */
const lookOf = ({ currency, locale, theme, timezone, version }: Preferences): Record<LookField, string> => ({
  theme,
  currency,
  locale: version > 1 ? locale : navigator.language,
  timezone: version > 1 ? timezone : new Intl.DateTimeFormat().resolvedOptions().timeZone,
})
type LookField = 'theme' | 'locale' | 'timezone' | 'currency'

const readPreferences = (): Promise<Preferences> => api('GET /v1/identity/preferences')

const changePreferences = async (values: Record<LookField, string>, ifMatch: number): Promise<Preferences> => {
  const { currency, locale, timezone } = values
  const theme = values.theme as Preferences['theme']
  const stored = await api('PATCH /v1/identity/preferences', { body: { currency, locale, timezone, theme }, ifMatch })
  applyTheme(stored.theme)
  await refreshQueries('GET /v1/identity/preferences')
  return stored
}

const Look = ({ preferences }: { readonly preferences: Preferences }) => {
  const hidden = useStore(privacyMode)
  const look = useLook()
  const { conflict, form } = useVersionedForm({
    stored: preferences,
    valuesOf: lookOf,
    labels: { theme: m.theme, locale: m.locale, timezone: m.timezone, currency: m.currency },
    reload: readPreferences,
    save: async (values, version) => {
      const now = await changePreferences(values, version)
      changedStored(m.lookSaved, now, readPreferences, at => changePreferences(lookOf(preferences), at))
    },
  })
  const { currency, locale, timezone } = form.values
  const chosen = { ...look, currency, locale, timezone }
  return (
    <Section title={m.look} lead={m.lookLead}>
      <Card>
        <Form form={form} submit={words.save} columns>
          <SelectField {...form.text('theme')} label={m.theme} options={Object.entries(m.themes)} />
          <SelectField {...form.text('locale')} label={m.locale} help={m.localeHelp} options={localeOptions(look.locale)} />
          <SelectField {...form.text('timezone')} label={m.timezone} options={timezoneOptions(look.timezone)} />
          <SelectField {...form.text('currency')} label={m.currency} help={m.currencyHelp} options={currencyOptions(look.locale)} />
        </Form>
        <p>{m.example(formatMoney('1234.5', chosen, { precision: 'exact' }), formatInstant(preferences.updatedAt, chosen))}</p>
        {conflict}
        <CheckboxField
          id="privacy"
          name="privacy"
          error={undefined}
          label={m.privacy}
          help={m.privacyHelp}
          checked={hidden}
          onChange={on => privacyMode.set(on)}
        />
      </Card>
    </Section>
  )
}

const SettingsPage = () => {
  const me = useApi('GET /v1/identity/me')
  const preferences = useApi('GET /v1/identity/preferences')
  const error = me.error ?? preferences.error
  return (
    <Page title={m.title}>
      {error && <Failure error={error} retry={() => Promise.all([me.refetch(), preferences.refetch()])} />}
      {!error && !(me.data && preferences.data) && <Loading />}
      {me.data && <Profile me={me.data} />}
      {preferences.data && <Look preferences={preferences.data} />}
      <Section title={m.more}>
        <ul>
          <li>
            <Link href="/settings/security">{m.toSecurity}</Link>
          </li>
          <li>
            <Link href="/households">{m.toHouseholds}</Link>
          </li>
          <li>
            <Link href="/my-data">{m.toData}</Link>
          </li>
        </ul>
      </Section>
    </Page>
  )
}

export default SettingsPage
