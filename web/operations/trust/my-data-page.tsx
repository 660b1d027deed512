import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import { Button } from '../../components/button.tsx'
import { Page, Section } from '../../components/page.tsx'
import { PasswordDialog } from '../../identity/password-dialog.tsx'
import { api } from '../../shell/api.ts'
import { signedOutEverywhere } from '../../shell/sign-out.ts'
import { CloseSection } from './close-section.tsx'
import { ExportSection } from './export-section.tsx'
import { farewell } from './farewell.ts'
import styles from './trust.module.css'
import { myData as m, titles } from '#messages/trust'

const Consequences = () => (
  <ul className={styles['list']}>
    {m.consequences.map(text => (
      <li key={text}>{text}</li>
    ))}
  </ul>
)

const DeleteSection = () => {
  const [asks, setAsks] = useState(false)
  const [, navigate] = useLocation()
  const remove = async (password: string) => {
    farewell.set(await api('POST /v1/identity/me/deletions', { body: { password } }))
    navigate('/good-bye')
    signedOutEverywhere()
  }
  return (
    <Section title={m.remove} lead={m.removeLead}>
      <div className={styles['danger']}>
        <Consequences />
        <p>
          {m.hand} <Link href="/households">{m.toHouseholds}</Link>
        </p>
        <p>
          <Button kind="danger" onClick={() => setAsks(true)}>
            {m.begin}
          </Button>
        </p>
      </div>
      {asks && (
        <PasswordDialog title={m.confirmTitle} submitWords={m.confirm} submit={remove} onClose={() => setAsks(false)}>
          <Consequences />
        </PasswordDialog>
      )}
    </Section>
  )
}

const MyDataPage = () => (
  <Page title={titles.myData} lead={m.lead}>
    <ExportSection />
    <CloseSection />
    <DeleteSection />
  </Page>
)

export default MyDataPage
