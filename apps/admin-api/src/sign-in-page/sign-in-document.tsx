/** Addresses and names the page is made with. */
export interface SignInFrame {
  readonly platform: string;
  /** Where passkeys work; the first is where to send people. */
  readonly origins: readonly string[];
  readonly assets: { readonly css: string; readonly icon: string; readonly scripts: readonly string[]; readonly page: string };
}

/** The whole page. Its sections are shown one at a time by the script. */
export function SignInDocument({ platform, origins, assets }: SignInFrame) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex, nofollow" />
        <meta name="color-scheme" content="light dark" />
        <title>{`Sign in – ${platform}`}</title>
        <link rel="icon" type="image/svg+xml" href={assets.icon} />
        <link rel="stylesheet" href={assets.css} />
        {assets.scripts.map((script) => (
          <link rel="modulepreload" href={script} />
        ))}
        <script type="module" src={assets.page} />
      </head>
      <body data-origins={origins.join(' ')}>
        <main>
          <p class="brand">
            <img src={assets.icon} width="28" height="28" alt="" />
            {platform}
          </p>
          <noscript>
            <p class="error">This page needs JavaScript: only a script can ask the device for a passkey.</p>
          </noscript>
          <p id="problem" class="error" role="alert" />
          <p id="status" class="status" role="status" />
          <Start />
          <Register />
          <Account />
          <section id="unable" hidden>
            <h1 tabIndex={-1}>Signing in is not possible here</h1>
            <p id="unable-reason" />
            <a id="unable-link" href="/sign-in">
              Go there
            </a>
          </section>
        </main>
      </body>
    </html>
  );
}

function Start() {
  return (
    <section id="start" hidden>
      <h1 tabIndex={-1}>Sign in</h1>
      <p class="muted">Your device asks for your fingerprint, face or PIN. There are no passwords.</p>
      <button id="sign-in" class="main" type="button">
        Sign in with a passkey
      </button>
      <p class="muted">Not registered? Open the link of your invitation.</p>
    </section>
  );
}

function Register() {
  return (
    <section id="register" hidden>
      <h1 id="register-title" tabIndex={-1}>
        Register
      </h1>
      <p class="muted">Your device makes a passkey. You sign in with it from then on, by fingerprint, face or PIN.</p>
      <form id="register-form">
        <label id="email-field">
          E-mail address
          <input name="email" type="email" autocomplete="email" maxLength={254} />
        </label>
        <label>
          Your name
          <input name="displayName" autocomplete="name" required maxLength={100} />
        </label>
        <label>
          Name of this device
          <input name="label" autocomplete="off" required maxLength={60} />
        </label>
        <button class="main" type="submit" id="register-submit">
          Create a passkey
        </button>
      </form>
      <p id="account-hint" class="muted">
        If you are registered with the invited e-mail address already, you are asked for your passkey instead.
      </p>
    </section>
  );
}

function Account() {
  return (
    <section id="account" hidden>
      <h1 tabIndex={-1}>Your account</h1>
      <p>
        <strong id="who" />
      </p>
      <p id="global-admin" class="muted" hidden>
        You manage this platform.
      </p>
      <label id="organizations" hidden>
        Organization
        <select id="organization" />
      </label>
      <p id="no-organization" class="muted" hidden>
        You are not a member of any organization yet.
      </p>
      <h2 id="passkeys-title">Your passkeys</h2>
      <ul id="passkeys" class="passkeys" aria-labelledby="passkeys-title" />
      <form id="add-form">
        <label>
          Name of another device
          <input name="label" autocomplete="off" required maxLength={60} />
        </label>
        <button type="submit" id="add">
          Add another passkey
        </button>
      </form>
      <button id="sign-out" type="button">
        Sign out
      </button>
    </section>
  );
}
