import { Injectable } from '@nestjs/common';
import { BrowserAssets } from '@paygate/nest-kit';

/** From `src/sign-in-page` and from `dist/sign-in-page` alike, this is the app's folder of browser files. */
const FOLDER = new URL('../../browser/sign-in/', import.meta.url);
const SCRIPTS = ['webauthn.js', 'session.js', 'passkeys.js'];

/** Style sheet and scripts of the page. */
@Injectable()
export class SignInFiles {
  readonly files = new BrowserAssets(FOLDER, '/sign-in/assets/', ['sign-in.css', 'icon.svg', ...SCRIPTS, 'page.js']);
  readonly addresses = {
    css: this.files.address('sign-in.css'),
    icon: this.files.address('icon.svg'),
    scripts: SCRIPTS.map((name) => this.files.address(name)),
    page: this.files.address('page.js'),
  };
}
