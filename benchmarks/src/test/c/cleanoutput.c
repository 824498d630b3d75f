/* The library of example.CleanOutput.Native: prints, and calls back. */
#include <jni.h>
#include <stdio.h>

JNIEXPORT jstring JNICALL Java_example_CleanOutput_00024Native_call(JNIEnv* env, jclass type, jint number)
{
    jmethodID back = (*env)->GetStaticMethodID(env, type, "back", "(I)I");
    jint answer;
    char text[32];

    fprintf(stderr, "C to standard error\n");
    printf("C to standard output\n");
    fflush(stdout);
    if (back == NULL)
        return NULL;
    answer = (*env)->CallStaticIntMethod(env, type, back, number);
    if ((*env)->ExceptionCheck(env))
        return NULL;
    snprintf(text, sizeof text, "from C %d", (int) answer);
    return (*env)->NewStringUTF(env, text);
}
