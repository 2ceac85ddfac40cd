// What exp and tanh of AVX-512 look up: printed by `Scripts/polynomials.py tables`.

#ifndef MYELIN_TABLES_H
#define MYELIN_TABLES_H

// 2 to the power j / 16, and what is rounded off there.
static const double my_powers[2][16] __attribute__((aligned(64), unused)) = {
    {0x1p+0, 0x1.0b5586cf9890fp+0, 0x1.172b83c7d517bp+0, 0x1.2387a6e756238p+0,
     0x1.306fe0a31b715p+0, 0x1.3dea64c123422p+0, 0x1.4bfdad5362a27p+0, 0x1.5ab07dd485429p+0,
     0x1.6a09e667f3bcdp+0, 0x1.7a11473eb0187p+0, 0x1.8ace5422aa0dbp+0, 0x1.9c49182a3f09p+0,
     0x1.ae89f995ad3adp+0, 0x1.c199bdd85529cp+0, 0x1.d5818dcfba487p+0, 0x1.ea4afa2a490dap+0},
    {0x0p+0, 0x1.8a62e4adc610bp-54, -0x1.19041b9d78a76p-55, 0x1.9b07eb6c70573p-54,
     0x1.6f46ad23182e4p-55, 0x1.ada0911f09ebcp-55, 0x1.d4397afec42e2p-56, 0x1.6324c054647adp-54,
     -0x1.bdd3413b26456p-54, -0x1.41577ee04992fp-55, 0x1.6e9f156864b27p-54, 0x1.c7c46b071f2bep-56,
     0x1.7a1cd345dcc81p-54, 0x1.11065895048ddp-55, 0x1.2ed02d75b3707p-55, -0x1.e9c23179c2893p-54},
};

// 2 to the power j / 16 in few bits, and half the logarithm that makes up for it.
static const double my_tanh_powers[2][16] __attribute__((aligned(64), unused)) = {
    {0x1p+0, 0x1.0b5586cfp+0, 0x1.172b83c7p+0, 0x1.2387a6e7p+0,
     0x1.306fe0a3p+0, 0x1.3dea64c1p+0, 0x1.4bfdad53p+0, 0x1.5ab07dd4p+0,
     0x1.6a09e667p+0, 0x1.7a11473ep+0, 0x1.8ace5422p+0, 0x1.9c49182ap+0,
     0x1.ae89f995p+0, 0x1.c199bdd8p+0, 0x1.d5818dcfp+0, 0x1.ea4afa2ap+0},
    {0x0p+0, -0x1.2432294bdecb2p-34, -0x1.86d03b5116227p-34, -0x1.2e90192e7af26p-35,
     -0x1.713930d104978p-37, -0x1.c64423197b85dp-37, -0x1.303b08d36949bp-35, -0x1.899aa26a033aap-35,
     -0x1.58b262f431f3ap-34, -0x1.dcf4d99696629p-35, -0x1.b9107bd0cd7e3p-35, -0x1.391f7d29d89dp-36,
     -0x1.9c0326bd6299p-35, -0x1.83ee636249fbfp-36, -0x1.96493e3dac521p-35, -0x1.31265858e6552p-36},
};

// tanh on 32 intervals: their places, and the coefficients about these from the constant term up.
static const float my_tanh_pieces[6][32] __attribute__((aligned(64), unused)) = {
    {0x0p+0f, 0x1.3639b8p-4f, 0x1.36dd8ep-3f, 0x1.d1745ep-3f, 0x1.365ef4p-2f, 0x1.839b76p-2f,
     0x1.d16f66p-2f, 0x1.0f7004p-1f, 0x1.49999ap-1f, 0x1.96e286p-1f, 0x1.e557dp-1f, 0x1.195f44p+0f,
     0x1.40129ep+0f, 0x1.673aa6p+0f, 0x1.8d848p+0f, 0x1.b4a15cp+0f, 0x1.efb30cp+0f, 0x1.1dd174p+1f,
     0x1.44f0ccp+1f, 0x1.6bce5ap+1f, 0x1.923d7p+1f, 0x1.b95f44p+1f, 0x1.df904ap+1f, 0x1.036e28p+2f,
     0x1.2098acp+2f, 0x1.474356p+2f, 0x1.6e2994p+2f, 0x1.94fd36p+2f, 0x1.bb9df2p+2f, 0x1.e0dcfp+2f,
     0x1.03bbbcp+3f, 0x1.156a7p+3f},
    {0x0p+0f, 0x1.35a236p-4f, 0x1.347ff2p-3f, 0x1.c99a4cp-3f, 0x1.2d340cp-2f, 0x1.721918p-2f,
     0x1.b3d3dp-2f, 0x1.f12618p-2f, 0x1.22887ap-1f, 0x1.5276acp-1f, 0x1.7a4a28p-1f, 0x1.99b112p-1f,
     0x1.b25cacp-1f, 0x1.c5a84ep-1f, 0x1.d41828p-1f, 0x1.df4902p-1f, 0x1.eb21b8p-1f, 0x1.f45d18p-1f,
     0x1.f9a70cp-1f, 0x1.fc882ap-1f, 0x1.fe1842p-1f, 0x1.fef724p-1f, 0x1.ff6e1ap-1f, 0x1.ffb106p-1f,
     0x1.ffe04p-1f, 0x1.fff684p-1f, 0x1.fffd3p-1f, 0x1.ffff2ap-1f, 0x1.ffffcp-1f, 0x1.ffffecp-1f,
     0x1.fffffap-1f, 0x1.fffffep-1f},
    {0x1p+0f, 0x1.fd12fcp-1f, 0x1.f461dcp-1f, 0x1.e6703cp-1f, 0x1.d3b392p-1f, 0x1.bd1e6ep-1f,
     0x1.a340dp-1f, 0x1.875162p-1f, 0x1.5b2356p-1f, 0x1.20414cp-1f, 0x1.d1011p-2f, 0x1.7058d2p-2f,
     0x1.1f01b4p-2f, 0x1.b825e6p-3f, 0x1.502f58p-3f, 0x1.fab6cep-4f, 0x1.4715bep-4f, 0x1.70206p-5f,
     0x1.93b67cp-6f, 0x1.ba67dep-7f, 0x1.e6d31ep-8f, 0x1.089608p-8f, 0x1.23a0d6p-9f, 0x1.3bcddep-10f,
     0x1.fbc1fap-12f, 0x1.2f6172p-13f, 0x1.67dd3ep-15f, 0x1.abd1dap-17f, 0x1.ffc5d6p-19f, 0x1.3f9e48p-20f,
     0x1.7ea10ep-22f, 0x1.faf6fp-24f},
    {0x1.64616p-20f, -0x1.33dd3ep-4f, -0x1.2d7fd2p-3f, -0x1.b2c1c2p-3f, -0x1.132498p-2f, -0x1.41c0cep-2f,
     -0x1.64e1p-2f, -0x1.7bf79ap-2f, -0x1.89f6e2p-2f, -0x1.7d1b76p-2f, -0x1.57915cp-2f, -0x1.26be7p-2f,
     -0x1.e6f8d8p-3f, -0x1.85fe62p-3f, -0x1.335b2ap-3f, -0x1.da5644p-4f, -0x1.39bfc8p-4f, -0x1.67c50cp-5f,
     -0x1.8eb5dcp-6f, -0x1.b768bap-7f, -0x1.e5071p-8f, -0x1.080d32p-8f, -0x1.2351aap-9f, -0x1.3b9ddp-10f,
     -0x1.fbb6dp-12f, -0x1.2f6ec8p-13f, -0x1.67ea56p-15f, -0x1.abdffcp-17f, -0x1.ffe67ep-19f, -0x1.4006fcp-20f,
     -0x1.7f2938p-22f, -0x1.fc5662p-24f},
    {-0x1.558d1ap-2f, -0x1.4d54e6p-2f, -0x1.36ae4p-2f, -0x1.13925ap-2f, -0x1.cd8e74p-3f, -0x1.68d9aap-3f,
     -0x1.fe8794p-4f, -0x1.31e2a8p-4f, -0x1.095f2ep-7f, 0x1.da691ep-5f, 0x1.89d744p-4f, 0x1.c33c2cp-4f,
     0x1.bb0498p-4f, 0x1.8d732ap-4f, 0x1.51db22p-4f, 0x1.1336ccp-4f, 0x1.80fdp-5f, 0x1.cba962p-6f,
     0x1.04775p-6f, 0x1.227ef2p-7f, 0x1.42b334p-8f, 0x1.609edap-9f, 0x1.85bbc6p-10f, 0x1.a6b89ap-11f,
     0x1.5a32fp-12f, 0x1.9dec46p-14f, 0x1.eb1494p-16f, 0x1.23ec4cp-17f, 0x1.5d340ap-19f, 0x1.b3822ap-21f,
     0x1.0498f8p-22f, 0x1.556aaap-24f},
    {0x1.3d9b3ep-7f, 0x1.96a82cp-5f, 0x1.835488p-4f, 0x1.0be368p-3f, 0x1.3ef246p-3f, 0x1.58bcap-3f,
     0x1.5a534ap-3f, 0x1.474884p-3f, 0x1.0f2b5cp-3f, 0x1.5d46d2p-4f, 0x1.4f06eep-5f, 0x1.00d928p-7f,
     -0x1.98e81p-7f, -0x1.6f3058p-6f, -0x1.9f546ep-6f, -0x1.8dae14p-6f, -0x1.3fc76ep-6f, -0x1.9e703cp-7f,
     -0x1.ee441ep-8f, -0x1.1aaf5cp-8f, -0x1.3c5c48p-9f, -0x1.5df054p-10f, -0x1.80a6c6p-11f, -0x1.a55ddp-12f,
     -0x1.586c7cp-13f, -0x1.9a8a92p-15f, -0x1.e8dc0cp-17f, -0x1.22f8e4p-18f, -0x1.5a589cp-20f, -0x1.9c3f44p-22f,
     -0x1.eaafp-24f, -0x1.24056ep-25f},
};

#endif
