import { ApiProperty } from '@nestjs/swagger';

export class HookReceipt {
  @ApiProperty({ example: true })
  received!: boolean;
}
