int native_leaf(void);

int native_mid(void)
{
    return 10 + native_leaf();
}
