import { Injectable } from '@nestjs/common';
import { renderToString } from 'preact-render-to-string';
import { RelyingParty } from '../passkeys/index.js';
import { SignInDocument } from './sign-in-document.js';
import { SignInFiles } from './sign-in-files.js';

/** Renders the page once; it is the same for everybody. */
@Injectable()
export class RenderSignIn {
  private readonly html: string;

  constructor(relyingParty: RelyingParty, files: SignInFiles) {
    const { name: platform, origins } = relyingParty;
    this.html = renderToString(<SignInDocument platform={platform} origins={origins} assets={files.addresses} />);
  }

  execute(): string {
    return this.html;
  }
}
