// SPDX-License-Identifier: Apache-2.0
import { type FormEvent, useId } from 'react';
import { signIn } from '../api/session';
import { Ball } from '../parts/Icon';

/** Asks for the key that `./clew env` prints; it stays in this tab. */
export function SignIn({ endpoint }: { readonly endpoint: string }) {
  const id = useId();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    signIn({
      accessKeyId: String(form.get('access') ?? '').trim(),
      secretAccessKey: String(form.get('secret') ?? '').trim(),
    });
  };
  return (
    <main className="gate">
      <form className="card sign-in" onSubmit={submit}>
        <h1>
          <Ball /> Clew
        </h1>
        <p>
          {endpoint} verifies signatures. <code>./clew env</code> prints its key pair; it stays in this tab and is
          forgotten when the tab closes.
        </p>
        <label htmlFor={`${id}a`}>Access key id</label>
        <input id={`${id}a`} name="access" required autoComplete="username" spellCheck={false} className="mono" />
        <label htmlFor={`${id}s`}>Secret access key</label>
        <input id={`${id}s`} name="secret" required type="password" autoComplete="off" className="mono" />
        <button type="submit" className="primary">
          Sign in
        </button>
      </form>
    </main>
  );
}
