import { Module } from '@nestjs/common';
import { PasskeysModule } from '../passkeys/index.js';
import { RenderSignIn } from './render-sign-in.js';
import { SignInFiles } from './sign-in-files.js';
import { SignInPageController } from './sign-in-page.controller.js';

@Module({ imports: [PasskeysModule], controllers: [SignInPageController], providers: [SignInFiles, RenderSignIn] })
export class SignInPageModule {}
